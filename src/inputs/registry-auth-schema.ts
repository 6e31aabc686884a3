import { z } from 'zod';

/** The shape of the input `registry-auth`, as docker/login-action takes it. */
export const registryAuthSchema = z.array(
  z.strictObject({ registry: z.string().min(1), username: z.string().min(1), password: z.string().min(1) }),
);
