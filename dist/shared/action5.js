export { t as SCAN } from "./action4.js";
