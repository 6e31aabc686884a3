import { findInlineDockerfile } from './dockerfile-images.ts';
import type { ImageCollector } from './image-collector.ts';
import type { Met, MetEntry, YamlWalker } from './yaml-walk.ts';

const CONTEXT = 'docker-image://';

/** Reads a Compose file: what each service runs, mounts and builds from; https://github.com/compose-spec/compose-spec/blob/main/spec.md */
export function findComposeImages(root: Met, walker: YamlWalker, into: ImageCollector): void {
  for (const entry of walker.listEntries(root)) {
    if (entry.key === 'services') for (const service of walker.listEntries(entry)) readService(service, walker, into);
    if (entry.key === 'include') for (const item of walker.listItems(entry)) addIncluded(item, walker, into);
  }
}

function readService(service: Met, walker: YamlWalker, into: ImageCollector): void {
  const entries = walker.listEntries(service);
  const find = (key: string): MetEntry | undefined => entries.find((entry) => entry.key === key);
  const image = find('image');
  const build = find('build');
  if (image !== undefined) into.addReference(image);
  else if (build !== undefined && !(build.node.kind === 'scalar' && build.node.text === '')) into.addBuild(build);
  if (build !== undefined) readBuild(build, walker, into);
  const volumes = find('volumes');
  for (const volume of volumes === undefined ? [] : walker.listItems(volumes)) {
    const parts = walker.listEntries(volume);
    const isImage = parts.some(({ key, node }) => key === 'type' && node.kind === 'scalar' && node.text === 'image');
    const source = parts.find(({ key }) => key === 'source');
    if (isImage && source !== undefined) into.addReference(source);
  }
  const from = find('extends');
  if (from !== undefined) addFile(walker.listEntries(from), into);
}

function readBuild(build: Met, walker: YamlWalker, into: ImageCollector): void {
  for (const { key, ...value } of walker.listEntries(build)) {
    if (key === 'dockerfile_inline' && value.node.kind === 'scalar') findInlineDockerfile(value.node, value, into);
    if (key !== 'additional_contexts') continue;
    for (const context of [...walker.listEntries(value), ...walker.listItems(value)]) {
      if (context.node.kind !== 'scalar') continue;
      const text = into.textOf(context.node);
      const at = text.indexOf(CONTEXT);
      if (at >= 0) into.addReference(context, { from: at + CONTEXT.length, to: text.length });
    }
  }
}

/** A file to include is a text, or a list of them under `path`. */
function addIncluded(item: Met, walker: YamlWalker, into: ImageCollector): void {
  if (item.node.kind === 'scalar') into.addLink({ ...item, node: item.node });
  for (const entry of walker.listEntries(item).filter(({ key }) => key === 'path')) {
    for (const path of entry.node.kind === 'seq' ? walker.listItems(entry) : [entry]) {
      if (path.node.kind === 'scalar') into.addLink({ ...path, node: path.node });
    }
  }
}

function addFile(entries: readonly MetEntry[], into: ImageCollector): void {
  const file = entries.find(({ key }) => key === 'file');
  if (file?.node.kind === 'scalar') into.addLink({ ...file, node: file.node });
}
