export { t as PROMOTE } from "./promote.js";
