// The weights of the first hidden units as pictures that change.
class WeightsView {
  clear() { element("learning").replaceChildren(); }

  show(units) {
    if (!units) return;
    const place = element("learning");
    while (place.children.length < units.length) place.append(document.createElement("canvas"));
    while (place.children.length > units.length) place.lastChild.remove();
    units.forEach((weights, unit) => drawSigned(place.children[unit], Math.sqrt(weights.length), weights));
  }
}
