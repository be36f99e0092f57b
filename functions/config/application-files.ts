/** The two files of an application, as absolute paths. */
export interface ApplicationFiles {
  /** Its default export is what `defineConfig` returned. */
  readonly configFile: string;
  /** Its default export is what `defineHandlers` returned. */
  readonly handlersFile: string;
}
