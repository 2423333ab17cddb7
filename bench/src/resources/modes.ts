// In which modes an engine is measured: what the refine lane takes is told apart.

export const modes = ['draft only', 'hybrid'] as const;
export type Mode = (typeof modes)[number];
