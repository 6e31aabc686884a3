/** `::name key=value,…::message`; https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands */
const COMMAND = /^::([a-z-]+)(?: ([^:]*))?::(.*)$/;
const DIGEST = /\bsha256:([a-f0-9]{12})[a-f0-9]{52}\b/g;

/** Turns the raw log of a step into what a person reads of it on the page of a run: groups as titles with what they hold below, annotations in words, no masks and no debug lines. A warning that was shown is not shown again. */
export class LogView {
  #rest = '';
  #margin = '';
  readonly #warned = new Set<string>();

  /** The lines to show for the next piece of the log; an incomplete line waits for its end. */
  push(text: string): string[] {
    const lines = `${this.#rest}${text}`.split('\n');
    this.#rest = lines.pop() ?? '';
    return lines.flatMap((line) => this.#show(line));
  }

  #show(line: string): string[] {
    const [, name, properties = '', data = ''] = COMMAND.exec(line) ?? [];
    const message = shorten(unescapeData(data));
    switch (name) {
      case undefined:
        return line === '' ? [] : [`${this.#margin}${shorten(line)}`];
      case 'group':
        this.#margin = '  ';
        return [message];
      case 'endgroup':
        this.#margin = '';
        return [];
      case 'error':
      case 'warning':
      case 'notice':
        return this.#annotate(name, properties, message);
      default:
        return [];
    }
  }

  #annotate(level: string, properties: string, message: string): string[] {
    if (level === 'warning' && this.#warned.has(message)) return [];
    this.#warned.add(message);
    const title = /(?:^|,)title=([^,]*)/.exec(properties)?.[1];
    const [first = '', ...others] = message.split(/\r?\n/);
    const head = title === undefined ? level : `${level} ${unescapeData(title)}`;
    return [`${head}: ${first}`, ...others.map((line) => `  ${line}`)].map((line) => `${this.#margin}${line}`);
  }
}

/** Undoes what the runner's protocol escapes; `%25` last, as it may be part of another. */
function unescapeData(text: string): string {
  return text
    .replace(/%0D/g, '\r')
    .replace(/%0A/g, '\n')
    .replace(/%3A/g, ':')
    .replace(/%2C/g, ',')
    .replace(/%25/g, '%');
}

function shorten(text: string): string {
  return text.replace(DIGEST, 'sha256:$1…');
}
