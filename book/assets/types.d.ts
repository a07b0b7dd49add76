// What the scripts of the pages know from elsewhere.
export {};

declare global {
  interface Window {
    /** The index of the search, which the build writes. */
    bookSections: { page: string; title: string; href: string; text: string; folded: string }[];
  }
}
