export { t as renderCrash } from "./crash2.js";
