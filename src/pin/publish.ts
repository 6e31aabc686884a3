import { GitError } from '../git/error.ts';
import type { Upstream } from '../git/push.ts';
import { openWorkTree, type WorkTree } from '../git/work-tree.ts';
import { type FileReplacement, replaceFiles } from '../workload/replace-files.ts';
import type { EditedFiles } from './change.ts';
import { formatCommitMessage, formatSubject, OWN_TRAILER } from './message.ts';
import type { PinPorts } from './ports.ts';
import { renderPullRequest } from './pull-request-body.ts';
import type { PinRequest } from './request.ts';

/** The branch of our pull requests. */
export const PIN_BRANCH = 'promote-image/pin';

/** What became of the changes. */
export interface Published {
  commit: string | undefined;
  /** Where the commit was pushed to. */
  pushedTo: Upstream | undefined;
  /** Why it was not. */
  notPushed: string | undefined;
  pullRequest: { readonly number: number; readonly url: string; readonly isNew: boolean } | undefined;
  /** True once the files of the work tree hold the changes. */
  isWritten: boolean;
}

/** Nothing yet. */
export function startPublishing(): Published {
  return { commit: undefined, pushedTo: undefined, notPushed: undefined, pullRequest: undefined, isWritten: false };
}

/** Writes the files, commits, pushes, opens a pull request: as far as the request goes. `published` says how far it came, also when it throws. */
export async function publish(
  edited: EditedFiles,
  request: PinRequest,
  ports: PinPorts,
  published: Published,
): Promise<void> {
  const { publishing, workspace } = request;
  const { files } = edited;
  const write = async (): Promise<void> => {
    await replaceFiles(workspace, files);
    published.isWritten = true;
  };
  if (publishing.kind === 'none') return ports.hold(write);
  const names = files.map(({ file }) => file);
  const tree = await openWorkTree(ports, workspace, names);
  await refuseDirty(tree);
  if (publishing.kind === 'pull-request') return openPullRequest(edited, tree, request, ports, published);
  const message = formatCommitMessage(edited.changes, publishing);
  await ports.hold(async (cut) => {
    await write();
    const held = await openWorkTree({ ...ports, signal: cut }, workspace, names);
    published.commit = await held.commit({ paths: [...held.paths.values()], message });
  });
  ports.log.info(`Committed ${published.commit}`);
  if (publishing.push) await pushCommitted(tree, published);
  else published.notPushed = 'push: false';
  const { pushedTo, notPushed } = published;
  ports.log.info(pushedTo === undefined ? `Not pushed: ${notPushed}` : `Pushed to ${pushedTo.branch}`);
}

/** What somebody else has changed in these files would go into our commit. */
async function refuseDirty(tree: WorkTree): Promise<void> {
  const dirty = await tree.listDirty([...tree.paths.values()]);
  if (dirty.length === 0) return;
  const names = dirty.slice(0, 5).join(', ');
  throw new GitError(
    'UNCOMMITTED_CHANGES',
    `${names}${dirty.length > 5 ? ` and ${dirty.length - 5} more` : ''} already ${dirty.length === 1 ? 'has' : 'have'} changes that are not committed, or git does not know ${dirty.length === 1 ? 'it' : 'them'}; nothing was written`,
    { hint: 'Commit those changes first, or leave the file out with ! in files.' },
  );
}

async function pushCommitted(tree: WorkTree, published: Published): Promise<void> {
  const upstream = await tree.upstream();
  if (upstream === undefined) {
    const branch = await tree.branch();
    published.notPushed =
      branch === undefined ? 'HEAD is on no branch, as on a pull request' : `${branch} follows no branch of a remote`;
    return;
  }
  await tree.push(upstream);
  published.pushedTo = upstream;
}

async function openPullRequest(
  edited: EditedFiles,
  tree: WorkTree,
  request: PinRequest,
  ports: PinPorts,
  published: Published,
): Promise<void> {
  const upstream = await tree.upstream();
  if (upstream === undefined || ports.pullRequests === undefined) {
    throw new GitError(
      'NO_BRANCH',
      'HEAD follows no branch of a remote, so that a pull request has nothing to be for',
      {
        hint: 'Check a branch out with actions/checkout: ref: main, or run this on push, schedule or workflow_dispatch.',
      },
    );
  }
  const to = { remote: upstream.remote, branch: PIN_BRANCH };
  const tip = await tree.findTip(to);
  if (tip !== undefined && !tip.message.includes(OWN_TRAILER)) {
    throw new GitError('BRANCH_TAKEN', `the branch ${PIN_BRANCH} has a commit by somebody else, which would be lost`, {
      hint: 'Merge or close its pull request, and delete the branch.',
    });
  }
  const message = formatCommitMessage(edited.changes, request.publishing);
  const commit = await tree.createCommit(toNewFiles(edited.files, tree), message);
  const isThere = tip !== undefined && (await tree.isSame(tip.commit, commit));
  if (!isThere) await tree.pushCommit({ ...to, commit, tip: tip?.commit });
  published.commit = isThere ? tip.commit : commit;
  published.pushedTo = to;
  published.pullRequest = await ports.pullRequests.open({
    branch: PIN_BRANCH,
    base: upstream.branch,
    title: formatSubject(edited.changes, request.publishing),
    body: renderPullRequest(edited.changes, { ticket: request.publishing.ticket, runUrl: ports.run.runUrl }),
  });
}

function toNewFiles(files: readonly FileReplacement[], tree: WorkTree): { path: string; bytes: Uint8Array }[] {
  return files.flatMap(({ file, after }) => {
    const path = tree.paths.get(file);
    return path === undefined ? [] : [{ path, bytes: after }];
  });
}
