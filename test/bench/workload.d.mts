interface Size {
  readonly companies?: number;
  readonly years?: number;
  readonly rounds?: number;
  readonly charts?: number;
  readonly tables?: number;
  readonly texts?: number;
  readonly factor?: number;
}

interface Workload {
  readonly rows: readonly object[];
  readonly slides: readonly object[];
}

export function workload(size?: Size): Workload;
export function writeWorkspace(folder: string, workload: Workload, isBatch?: boolean): void;
