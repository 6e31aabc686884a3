import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ScannerError } from '../../src/scanner/error.ts';
import { readSbom } from '../../src/scanner/sbom.ts';
import type { AdaptedSbom } from '../../src/scanner/sbom-fields.ts';
import { DEBIAN_12, listDebian, makeCycloneDx, makeSpdx, NPM } from './sample-sboms.ts';

const read = (document: unknown): AdaptedSbom => readSbom(Buffer.from(JSON.stringify(document)));
const childOf = (upstream: string) => listDebian('child', '1', upstream);

describe('an SBOM as it is given to Trivy', () => {
  it('of CycloneDX says the source of a package as Trivy does', () => {
    const { json, systemPackages } = read(makeCycloneDx([childOf('libhigh@1:1.2.3-1')]));
    expect(json).toMatchObject({
      components: [
        {
          name: 'child',
          properties: [
            { name: 'aquasecurity:trivy:SrcName', value: 'libhigh' },
            { name: 'aquasecurity:trivy:SrcEpoch', value: '1' },
            { name: 'aquasecurity:trivy:SrcVersion', value: '1.2.3' },
            { name: 'aquasecurity:trivy:SrcRelease', value: '1' },
          ],
        },
        DEBIAN_12,
      ],
    });
    expect(systemPackages.map(({ id }) => id)).toEqual(['deb/debian/child@1']);
  });

  it('of SPDX says the source of a package and the system as Trivy does', () => {
    const { json } = read(makeSpdx([childOf('libhigh@1:1.2.3-1'), NPM]));
    expect(json).toMatchObject({
      packages: [
        { name: 'child', sourceInfo: 'built package from: libhigh 1:1.2.3-1' },
        { name: 'left', sourceInfo: expect.stringContaining('acquired') },
        { SPDXID: 'SPDXRef-DocumentRoot' },
        { SPDXID: 'SPDXRef-OperatingSystem-of-package-urls', name: 'debian', versionInfo: '12' },
      ],
    });
  });

  it('keeps what it says itself of system and source', () => {
    const told = { ...childOf('libhigh'), properties: [{ name: 'aquasecurity:trivy:SrcName', value: 'own' }] };
    const cycloneDx = makeCycloneDx([told], [{ ...DEBIAN_12, version: '11' }]);
    expect(read(cycloneDx).json).toEqual({ ...cycloneDx, $schema: undefined });
    const system = { name: 'debian', versionInfo: '11', SPDXID: 'SPDXRef-OperatingSystem-1' };
    expect(JSON.stringify(read(makeSpdx([listDebian('a', '1')], [system])).json)).not.toContain('of-package-urls');
  });

  it('names no system where its packages are of several', () => {
    const packages = [listDebian('a', '1'), { ...listDebian('b', '1'), purl: 'pkg:deb/debian/b@1?distro=debian-11' }];
    expect(JSON.stringify(read(makeCycloneDx(packages, [])).json)).not.toContain('operating-system');
  });

  it('keeps every component, wherever it lies, and its text as it is', () => {
    const nest = (inner: fc.Arbitrary<readonly Component[]>): fc.Arbitrary<readonly Component[]> => {
      const purl = fc.oneof(fc.string(), fc.constant('pkg:deb/debian/a@1?upstream=b'));
      return fc.array(fc.record({ name: fc.string(), purl, components: inner }), { maxLength: 3 });
    };
    const documents = nest(nest(nest(fc.constant([]))));
    fc.assert(
      fc.property(documents, (components) => {
        const { json } = read({ bomFormat: 'CycloneDX', components });
        const flat = (json as { components: readonly Component[] }).components;
        expect(flat.map(({ name }) => name).sort()).toEqual(components.flatMap(listNames).sort());
      }),
    );
  });
});

interface Component {
  readonly name: string;
  readonly components: readonly Component[];
}

function listNames({ name, components }: Component): string[] {
  return [name, ...components.flatMap(listNames)];
}

describe('a hostile SBOM', () => {
  const reasonOf = (document: unknown): string => {
    try {
      read(document);
      return 'was read';
    } catch (error) {
      return error instanceof ScannerError && error.code === 'SBOM_UNREADABLE' ? error.message : String(error);
    }
  };

  it.each<[string, unknown, string]>([
    [
      'more entries than any image has',
      { bomFormat: 'CycloneDX', components: Array(500_001).fill({}) },
      '500000 entries',
    ],
    ['a package URL without an end', makeCycloneDx([{ ...NPM, purl: `pkg:deb/${'a'.repeat(4_100)}@1` }]), '4096'],
    ['packages that are no list', { spdxVersion: 'SPDX-2.3', packages: 'x' }, 'packages is not a list'],
    ['references that are no list', { spdxVersion: 'SPDX-2.3', packages: [{ externalRefs: {} }] }, 'is not a list'],
    ['nested components that are no list', { bomFormat: 'CycloneDX', components: [{ components: 1 }] }, 'not a list'],
    ['metadata that is none', { bomFormat: 'CycloneDX', metadata: 'x' }, 'not an object'],
  ])('with %s cannot be read', (_, document, reason) => {
    expect(reasonOf(document)).toContain(reason);
  });

  it('ends as unreadable or is read, whatever it is', () => {
    const format = fc.constantFrom({ bomFormat: 'CycloneDX' }, { spdxVersion: 'SPDX-2.3' }, {});
    const body = fc.dictionary(fc.constantFrom('components', 'packages', 'metadata', 'x'), fc.jsonValue());
    fc.assert(
      fc.property(format, body, (kind, rest) => {
        expect(reasonOf({ ...rest, ...kind })).toMatch(/^was read$|^its attested SBOM cannot be read: /);
      }),
    );
  });
});
