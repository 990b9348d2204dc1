/** A device gives zeros, or nothing, when it is to be read at once: that is to be an error of the loss. */
export function forbidBlockingReads(backend: { readSync(): never }): void {
  backend.readSync = () => {
    throw new Error("WebGPU has no reads that block: a loss must not call dataSync() or arraySync() there.");
  };
}
