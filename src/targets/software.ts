/** Whether a device's name is that of a renderer on the CPU, whose numbers differ from those of a GPU. */
export function isSoftware(device: string): boolean {
  return /swiftshader|llvmpipe|lavapipe|software|\bcpu\b|microsoft basic render/i.test(device);
}
