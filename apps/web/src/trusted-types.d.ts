interface TrustedTypePolicyLike {
  createHTML(html: string): object;
  createScriptURL(url: string): object;
}

interface Window {
  readonly trustedTypes?: {
    createPolicy(
      name: string,
      rules: { createHTML(html: string): string; createScriptURL(url: string): string },
    ): TrustedTypePolicyLike;
  };
}
