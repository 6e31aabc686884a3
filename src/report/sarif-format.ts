/** The parts of SARIF 2.1.0 that GitHub reads and this project writes; https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html */
export interface SarifLog {
  readonly $schema: string;
  readonly version: '2.1.0';
  readonly runs: readonly SarifRun[];
}

/** One run of one tool (section 3.14). */
export interface SarifRun {
  readonly tool: { readonly driver: SarifDriver };
  readonly automationDetails?: { readonly id: string };
  readonly columnKind: 'utf16CodeUnits';
  readonly results: readonly SarifResult[];
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** The tool and its rules (section 3.19). */
export interface SarifDriver {
  readonly name: string;
  readonly informationUri: string;
  readonly semanticVersion?: string;
  readonly rules: readonly SarifRule[];
}

/** How bad a result is, in SARIF's words (section 3.27.10). */
export type SarifLevel = 'error' | 'warning' | 'note';

/** A plain text, and for viewers that show it, the same as Markdown (section 3.12). */
export interface SarifText {
  readonly text: string;
  readonly markdown?: string;
}

/** What a result is an instance of (section 3.49). */
export interface SarifRule {
  readonly id: string;
  readonly shortDescription: SarifText;
  readonly fullDescription: SarifText;
  readonly help: SarifText;
  readonly helpUri?: string;
  readonly defaultConfiguration: { readonly level: SarifLevel };
  readonly properties: {
    /** GitHub sorts and names alerts by this number from 0.0 to 10.0. */
    readonly 'security-severity': string;
    readonly precision: 'very-high';
    readonly tags: readonly string[];
  };
}

/** One finding (section 3.27). */
export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: SarifLevel;
  readonly message: { readonly text: string };
  readonly locations: readonly SarifLocation[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly properties: Readonly<Record<string, string>>;
}

/** Where a finding is (section 3.28); GitHub needs a physical location even for what is in no file. */
export interface SarifLocation {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string };
    readonly region: {
      readonly startLine: number;
      readonly startColumn: number;
      readonly endLine: number;
      readonly endColumn: number;
    };
  };
  readonly logicalLocations?: readonly { readonly name: string; readonly fullyQualifiedName: string }[];
  readonly message: { readonly text: string };
}
