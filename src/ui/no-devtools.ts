// Invariant: does nothing; stands in the bundle for react-devtools-core, which Ink imports only
// when DEV=true and which is not installed.
export default {
  initialize(): void {
    // nothing to set up
  },
  connectToDevTools(): void {
    // nothing to connect to
  },
};
