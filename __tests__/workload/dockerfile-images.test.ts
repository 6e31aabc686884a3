// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the variables of the files.
import { describe, expect, it } from '@jest/globals';
import { find, list } from './found.ts';

describe('a Dockerfile', () => {
  it.each(['Dockerfile', 'a/Dockerfile.prod', 'x.Dockerfile', 'Containerfile', 'b/app.containerfile'])(
    'is told by its name: %s',
    (name) => {
      expect(list(name, 'FROM reg.io/a:1')).toEqual(['1:6 stages[0].FROM reg.io/a:1']);
    },
  );

  it('names what its stages are from; its own stages and scratch are local', () => {
    const lines = [
      ...[
        'FROM --platform=$BUILDPLATFORM reg.io/a:1 AS Build',
        'RUN --mount=type=cache,target=/x --mount=type=bind,from=reg.io/m:1 make',
      ],
      ...[
        'from build as next',
        'COPY --chown=1:1 --from=BUILD /a /b',
        'COPY --from=0 /a /b',
        'COPY --from=reg.io/c:1 /a /b',
        'COPY --from=9 /a /b',
        'FROM scratch',
        'ONBUILD COPY --from=reg.io/d:1 /a /b',
      ],
    ];
    expect(list('Dockerfile', ...lines)).toEqual([
      '1:32 stages[0].FROM reg.io/a:1',
      '2:57 stages[0].RUN reg.io/m:1',
      '3:6 stages[1].FROM build local',
      '4:25 stages[1].COPY BUILD local',
      '5:13 stages[1].COPY 0 local',
      '6:13 stages[1].COPY reg.io/c:1',
      '7:13 stages[1].COPY 9',
      '8:6 stages[2].FROM scratch local',
      '9:21 stages[2].COPY reg.io/d:1',
    ]);
  });

  it('is read over continued lines, past comments and here-documents', () => {
    const lines = [
      'FROM \\',
      '  # FROM no:1',
      '',
      '  reg.io/a:1',
      'RUN cat <<EOF && cat <<-"X"',
      'FROM no:2',
      'EOF',
      'FROM no:3',
      '\tX',
      '# FROM no:4',
      'RUN echo "<<Y"',
      'FROM reg.io/b:1',
    ];
    expect(list('Dockerfile', ...lines)).toEqual(['4:3 stages[0].FROM reg.io/a:1', '12:6 stages[1].FROM reg.io/b:1']);
    expect(list('Dockerfile', '# escape=`', 'FROM `', '  reg.io/a:1')).toEqual(['3:3 stages[0].FROM reg.io/a:1']);
  });

  it('is told of a here-document that has no end, and read on', () => {
    expect(list('Dockerfile', 'FROM reg.io/a:1', 'RUN <<EOF', 'FROM reg.io/b:1')).toEqual([
      '1:6 stages[0].FROM reg.io/a:1',
      '3:6 stages[1].FROM reg.io/b:1',
      '2:1 ! the here-document EOF has no end.',
    ]);
  });

  it('takes the defaults of arguments before the first stage; the argument is what an edit changes', () => {
    const lines = [
      'ARG REPO=reg.io/a',
      'ARG BASE="${REPO}:1"',
      'ARG WHOLE=reg.io/w:1',
      'FROM ${BASE}',
      'ARG LATE=reg.io/no:1',
      'FROM $WHOLE',
      'FROM ${LATE}',
      'FROM reg.io/x:${NONE:-2}',
    ];
    expect(list('Dockerfile', ...lines)).toEqual([
      '4:6 stages[0].FROM ${BASE} unresolved or reg.io/a:1',
      '6:6 stages[1].FROM $WHOLE unresolved or reg.io/w:1',
      '7:6 stages[2].FROM ${LATE} unresolved',
      '8:6 stages[3].FROM reg.io/x:${NONE:-2} unresolved or reg.io/x:2',
    ]);
    expect(find('Dockerfile', ...lines).uses.map(({ parts }) => parts.map(({ text }) => text))).toEqual([
      [],
      ['reg.io/w:1'],
      [],
      [],
    ]);
  });
});
