/* Reads pictures of 784 bytes from standard input with an exported header; for each writes what the
 * network sees of it, the hidden activations and the logits. */
#include <stdio.h>

#include MODEL

int main(void)
{
  uint8_t picture[784], inputs[SIMDIGIT_INPUTS], hidden[SIMDIGIT_HIDDEN];
  int32_t logits[SIMDIGIT_CLASSES];
  while (fread(picture, 1, 784, stdin) == 784) {
    const int answer = simdigit_classify(picture, logits);
    simdigit_preprocess(picture, inputs);
    simdigit_activations(inputs, hidden);
    for (int other = 0; other < SIMDIGIT_CLASSES; other++) {
      if (logits[other] > logits[answer] || simdigit_class_name(other)[0] == 0) return 1;
    }
    if (fwrite(inputs, 1, sizeof inputs, stdout) != sizeof inputs) return 1;
    if (fwrite(hidden, 1, sizeof hidden, stdout) != sizeof hidden) return 1;
    if (fwrite(logits, 1, sizeof logits, stdout) != sizeof logits) return 1;
  }
  return 0;
}
