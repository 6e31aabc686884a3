export { t as CHECK } from "./action6.js";
