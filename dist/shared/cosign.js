export { t as openCosign } from "./cosign2.js";
