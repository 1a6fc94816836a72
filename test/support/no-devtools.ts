// Invariant: does nothing; stands in a bundle for react-devtools-core, which Ink imports only when
// DEV=true and which is not installed.
export default {};
