// Which parts of npm's own libraries are used; they bring no types of these versions.

declare module '@npmcli/config' {
  export default class Config {
    constructor(options: {
      definitions: object;
      shorthands: object;
      nerfDarts: readonly string[];
      flatten: unknown;
      npmPath: string;
      env: NodeJS.ProcessEnv;
      argv: readonly string[];
      cwd: string;
    });
    load(): Promise<void>;
    validate(): boolean;
    isDefault(key: string): boolean;
    // oxlint-disable-next-line typescript/consistent-type-imports -- an import would make this file a module
    readonly flat: import('npm-registry-fetch').Options;
  }
}

declare module '@npmcli/config/lib/definitions/index.js' {
  const value: { definitions: object; shorthands: object; nerfDarts: readonly string[]; flatten: unknown };
  export default value;
}

declare module 'npm-registry-fetch' {
  export interface Options {
    readonly ca?: string | readonly string[] | null;
    readonly httpsProxy?: string | null;
    readonly noProxy?: string | readonly string[];
    readonly proxy?: string | null | false;
    readonly strictSSL?: boolean;
    readonly registry?: string;
    readonly replaceRegistryHost?: string;
    readonly offline?: boolean;
    readonly preferOffline?: boolean;
    readonly cache?: string | undefined;
    readonly timeout?: number;
    readonly retry?: {
      readonly retries?: number;
      readonly factor?: number;
      readonly minTimeout?: number;
      readonly maxTimeout?: number;
    };
    readonly spec?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly signal?: AbortSignal;
  }
  export interface Response {
    readonly url: string;
    readonly status: number;
    readonly headers: { get(name: string): string | null };
    readonly body: AsyncIterable<Buffer>;
    text(): Promise<string>;
  }
  const fetch: {
    (uri: string, options: Options): Promise<Response>;
    pickRegistry(spec: string, options: Options): string;
  };
  export default fetch;
}

declare module 'make-fetch-happen' {
  export default function fetch(
    address: string,
    options: {
      readonly redirect: 'manual';
      readonly retry: { readonly retries: number };
      readonly cache: 'no-store';
      readonly headers: Readonly<Record<string, string>>;
      readonly signal: AbortSignal;
      readonly ca?: string | readonly string[] | null | undefined;
      readonly noProxy?: string | readonly string[] | undefined;
      readonly proxy?: string | null | false | undefined;
      readonly strictSSL?: boolean | undefined;
    },
    // oxlint-disable-next-line typescript/consistent-type-imports -- an import would make this file a module
  ): Promise<import('npm-registry-fetch').Response>;
}
