/** Posts that a list begins with: a screenful and a little more. */
export const FIRST_COUNT = 12;
