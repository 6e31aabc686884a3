import { describe, expect, it } from '@jest/globals';
import { renderPage } from '../../lab/page.ts';

const DIAGRAM = '```mermaid\nflowchart LR\n  a --> b\n```';

describe('renderPage', () => {
  it('is one page that fetches nothing', () => {
    const page = renderPage(`# Promoted\n\n${DIAGRAM}`, 'summary');
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).toContain('<h1>Promoted</h1>');
    expect(page).toContain("default-src 'none'");
    const fetching = /<(?:link|img|iframe)\b|@import|url\((?!['"]?data:)/.exec(page.slice(0, page.indexOf('<script>')));
    expect(fetching?.[0]).toBeUndefined();
  });

  it('carries Mermaid only where there is a diagram', () => {
    expect(renderPage(DIAGRAM, 't').match(/^<script>/gm)).toHaveLength(2);
    expect(renderPage('text', 't')).not.toContain('<script');
  });

  it('runs no script but its own', () => {
    expect(renderPage('text', 't')).toContain("script-src 'none'");
    expect(renderPage(DIAGRAM, 't')).toMatch(/script-src 'sha256-[A-Za-z0-9+/]{43}=' 'sha256-[A-Za-z0-9+/]{43}='"/);
    expect(renderPage('<script>alert(1)</script>', '</title><script>alert(1)</script>')).not.toContain('<script');
  });

  it('follows the colours of the reader and the width of a phone', () => {
    const page = renderPage('text', 't');
    expect(page).toContain('@media (prefers-color-scheme: dark)');
    expect(page).toContain('<meta name="viewport" content="width=device-width, initial-scale=1">');
  });
});
