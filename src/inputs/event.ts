/** True for every event that a pull request raises, its reviews and comments included: what it brings was reviewed by nobody. */
export function isPullRequest(event: string): boolean {
  return event.startsWith('pull_request');
}
