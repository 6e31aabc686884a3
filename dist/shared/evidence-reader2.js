export { t as openEvidence } from "./evidence-reader.js";
