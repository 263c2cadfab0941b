/** Why there is no microphone, and what to do. */

const OR_UPLOAD = 'Or choose a recording instead.';

/** Say why a microphone cannot be had; empty where it may be asked for. */
export function whyNone(isSecure: boolean, devices: MediaDevices | undefined): string {
  if (isSecure && devices !== undefined) return '';
  return `Browsers give the microphone only over HTTPS or on localhost. ${OR_UPLOAD}`;
}

/** Say what went wrong when it was asked for. */
export function refusalText(error: unknown): string {
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
      return (
        'The browser keeps the microphone from this page. Allow it by the sign beside the address ' +
        `(a lock or a microphone), and press Record again. ${OR_UPLOAD}`
      );
    case 'NotFoundError':
      return `No microphone was found. Connect one, and press Record again. ${OR_UPLOAD}`;
    case 'NotReadableError':
      return `Another program holds the microphone. Close it, and press Record again. ${OR_UPLOAD}`;
    default:
      return `The microphone does not start in this browser. ${OR_UPLOAD}`;
  }
}
