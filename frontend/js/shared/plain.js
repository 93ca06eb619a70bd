// A name as it is compared with what somebody types: without accents and capitals.

export const plain = (words) =>
  words
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .trim()
