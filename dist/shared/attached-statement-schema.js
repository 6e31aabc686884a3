export { t as attachedStatementSchema } from "./attached-statement-schema2.js";
