import { describe, expect, it } from '@jest/globals';
import { describePolicySchema } from '../../src/policy/schema.ts';

interface Node {
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node | boolean;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
}

function visit(node: Node, path: string, look: (node: Node, path: string) => void): void {
  look(node, path);
  for (const [key, child] of Object.entries(node.properties ?? {})) visit(child, `${path}.${key}`, look);
  if (typeof node.additionalProperties === 'object') visit(node.additionalProperties, `${path}.*`, look);
  if (node.items !== undefined) visit(node.items, `${path}[]`, look);
  for (const child of node.anyOf ?? []) visit(child, path, look);
}

describe('the JSON Schema of the policy', () => {
  const schema = describePolicySchema() as Node;

  it('describes every key', () => {
    const silent: string[] = [];
    visit(schema, '', (node, path) => {
      for (const [key, child] of Object.entries(node.properties ?? {})) {
        if (child.description === undefined) silent.push(`${path}.${key}`);
      }
    });
    expect(silent).toEqual([]);
  });

  it('refuses unknown keys at every level', () => {
    const open: string[] = [];
    visit(schema, '', (node, path) => {
      if (node.properties !== undefined && node.additionalProperties !== false) open.push(path);
    });
    expect(open).toEqual([]);
  });

  it('shows what is written, not what is made of it', () => {
    const age = schema.properties?.scan?.properties?.maxDatabaseAge;
    expect(age).toMatchObject({ type: 'string', pattern: '^([1-9][0-9]{0,5})([smhd])$' });
  });

  it('has every section of the contract, at the top and in an environment', () => {
    const sections = [
      'sources',
      'targets',
      'images',
      'scan',
      'signers',
      'attestations',
      'checks',
      'signature',
      'upload',
      'registries',
    ];
    expect(Object.keys(schema.properties ?? {})).toEqual(['$schema', 'version', ...sections, 'environments']);
    const environment = schema.properties?.environments?.additionalProperties as Node;
    expect(Object.keys(environment.properties ?? {})).toEqual(sections);
  });
});
