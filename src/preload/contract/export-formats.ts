/** File formats data is exported in. */
export const EXPORT_FORMATS = ['parquet', 'csv', 'json'] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];
