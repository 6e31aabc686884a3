import { d as string, r as array, u as strictObject } from "./zod.js";
// src/inputs/registry-auth-schema.ts
/** The shape of the input `registry-auth`, as docker/login-action takes it. */
const registryAuthSchema = array(strictObject({
	registry: string().min(1),
	username: string().min(1),
	password: string().min(1)
}));
export { registryAuthSchema };
