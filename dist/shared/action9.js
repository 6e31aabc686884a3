export { t as PIN } from "./action8.js";
