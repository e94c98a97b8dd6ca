// Whether a model image's classes can be called so, as far as Unicode's tables tell: nothing that controls a text or
// turns it around, and no two that are the same however they are spelled.
function areNames(names) {
  const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Cn}]|[\u{10FF00}-\u{10FFFF}]/u;
  return new Set(names.map(name => name.normalize("NFC"))).size === names.length
    && names.every(name => !hidden.test(name));
}
