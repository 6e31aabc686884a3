/** One of every kind of secret that a job may hold, with signs that every encoding treats in its own way. */
export const SECRETS = {
  source: 'S0urce p@ss/w"rd+&é<1>',
  target: 'T%rget:p@ss=w$rd?{2}\\x',
  shared: "sh'red #pass~word*(3)",
  github: 'ghs_0123456789abcdefGHIJ',
  runtime: 'eyJydW50aW1lIjoiNCJ9.runtime-token',
  identity: 'eyJvaWRjIjoiNSJ9.request-token',
  access: 'AKIA6EXAMPLE6EXAMPLE',
  cloud: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCY+7EXAMPLE',
  session: 'FwoGZXIvYXdzEBYaD+session/8==',
  docker: 'docker-l0gin p@ssw/rd 9',
  proxy: 'pr0xy:p@ss/word 10',
} as const;

/** What a runner and the steps before leave in the environment of a step, apart from the key. */
export const SECRET_ENV = {
  GITHUB_TOKEN: SECRETS.github,
  ACTIONS_RUNTIME_TOKEN: SECRETS.runtime,
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: SECRETS.identity,
  AWS_ACCESS_KEY_ID: SECRETS.access,
  AWS_SECRET_ACCESS_KEY: SECRETS.cloud,
  AWS_SESSION_TOKEN: SECRETS.session,
  HTTPS_PROXY: `http://corp:${encodeURIComponent(SECRETS.proxy)}@127.0.0.1:9`,
} as const;

/** The inputs that hold secrets; both sides log in as `ci`. */
export const SECRET_INPUTS = {
  'source-username': 'ci',
  'source-password': SECRETS.source,
  'target-username': 'ci',
  'target-password': SECRETS.target,
  'registry-auth': JSON.stringify([{ registry: 'else.example', username: 'ci', password: SECRETS.shared }]),
  'github-token': SECRETS.github,
} as const;
