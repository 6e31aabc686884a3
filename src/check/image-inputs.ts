import type { FieldReader } from '../base/fields.ts';
import { IMAGE_VERIFICATIONS } from '../policy/image-rules.ts';
import { isPattern } from '../policy/pattern.ts';
import type { ImageInputs } from '../policy/tighten-images.ts';

/** Reads what the inputs say of images; what they leave out, the policy or the default says. */
export function readImageRules(fields: FieldReader): ImageInputs {
  const allow = fields.list('allow-registries');
  for (const pattern of allow.filter((text) => !isPattern(text))) {
    const message = `names ${JSON.stringify(pattern)}, which is no pattern for images.`;
    const fix = 'Write host/*, host/path/* or host/repository: with the host, without tag, and with no other wildcard.';
    fields.addProblem('allow-registries', message, fix);
  }
  const tags = fields.list('forbid-tags');
  for (const tag of tags.filter((text) => !/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/.test(text))) {
    const message = `names ${JSON.stringify(tag)}, which is no tag.`;
    fields.addProblem('forbid-tags', message, 'Name tags; there are no wildcards.');
  }
  return {
    ...(fields.isGiven('require-digest') ? { requireDigest: fields.flag('require-digest') } : {}),
    ...(allow.length === 0 ? {} : { allow }),
    ...(tags.length === 0 ? {} : { forbidTags: tags }),
    ...(fields.isGiven('verify') ? { verify: fields.choice('verify', IMAGE_VERIFICATIONS) } : {}),
    ...(fields.isGiven('scan') ? { scan: fields.choice('scan', ['enforce', 'report', 'off']) } : {}),
  };
}
