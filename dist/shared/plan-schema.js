export { t as planSchema } from "./plan-schema2.js";
