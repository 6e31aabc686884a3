export { n as namesSystem, r as readReport } from "./report5.js";
