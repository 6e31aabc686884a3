import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'rolldown';

const LICENSE_FILE = /^(licen[cs]e|copying|notice)(\.|-|$)/i;

/** A rolldown plugin that writes `licenses.txt` beside the bundle: name, version and licence text of every package that went into it. Fails for a package without a licence. */
export function collectLicenses(): Plugin {
  return {
    name: 'collect-licenses',
    generateBundle(_options, bundle) {
      const folders = new Set<string>();
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        for (const [id, module] of Object.entries(chunk.modules)) {
          if (module.renderedLength === 0) continue;
          const folder = packageFolder(id);
          if (folder !== undefined) folders.add(folder);
        }
      }
      const texts = [...folders].map(describePackage).sort();
      this.emitFile({ type: 'asset', fileName: 'licenses.txt', source: `${texts.join(`\n${'-'.repeat(80)}\n\n`)}` });
    },
  };
}

function packageFolder(id: string): string | undefined {
  const match = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(id.replace(/^\0/, ''));
  return match?.[1];
}

function describePackage(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string;
  };
  const files = readdirSync(folder)
    .filter((file) => LICENSE_FILE.test(file))
    .sort();
  if (license === undefined && files.length === 0)
    throw new Error(`${name} ${version} has no licence and cannot be bundled`);
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').replace(/\r\n/g, '\n').trim());
  return [`${name} ${version} (${license ?? 'see below'})`, ...texts].join('\n\n').concat('\n');
}
