export { t as VERIFY } from "./action2.js";
