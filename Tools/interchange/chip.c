/* Runs an exported header on a bare Cortex-M4 without a C library: reads the raw IDX file of pictures that
 * the command line names; for each prints the answer and the instructions, and in the end how many there
 * were, the CRC-32 of all logits as little-endian numbers, and the deepest use of the stack in bytes.
 * Tools/run-c-header compiles it, with CLASSES, and links it with the firmware's linker script. Exit codes
 * are those of the firmware. */
#include <stdint.h>

/* The header's function, compiled by itself, so that its size can be seen. */
int classify(const uint8_t picture[784], int32_t logits[CLASSES]);

/* Where the linker script has the stack. */
extern uint32_t __stack_bottom[], __stack_top[];

enum { UNREADABLE = 65, NO_INPUT = 66, FAULT = 99 };

void resetHandler(void);
void faultHandler(void);

/* The debugger's channel to the host, which QEMU plays: Arm's "Semihosting for AArch32 and AArch64". */
static int call(int operation, const void *argument)
{
  register int result __asm__("r0") = operation;
  register const void *block __asm__("r1") = argument;
  __asm__ volatile("bkpt 0xAB" : "+r"(result) : "r"(block) : "memory");
  return result;
}

static void leave(int code)
{
  const uint32_t arguments[2] = {0x20026, (uint32_t)code};
  for (;;) call(0x20, arguments);
}

static void stop(const char *text, int code)
{
  call(0x04, text);
  leave(code);
}

/* Text, and a decimal number behind it. */
static void print(const char *text, uint32_t number)
{
  char digits[11];
  int at = 10;
  digits[at] = 0;
  do {
    digits[--at] = (char)('0' + number % 10);
    number /= 10;
  } while (number > 0);
  call(0x04, text);
  call(0x04, digits + at);
}

static int handle;

static void read(void *target, uint32_t count)
{
  const uint32_t arguments[3] = {(uint32_t)handle, (uint32_t)(uintptr_t)target, count};
  if (call(0x06, arguments) != 0) stop("error=the pictures end early\n", UNREADABLE);
}

static uint32_t read_number(void)
{
  uint8_t bytes[4];
  read(bytes, 4);
  return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* Opens the file that the command line names behind the program. */
static void open_pictures(void)
{
  static char line[512];
  const uint32_t wanted[2] = {(uint32_t)(uintptr_t)line, sizeof line};
  uint32_t start = 0, end;
  if (call(0x15, wanted) != 0) stop("error=the file's name is too long\n", NO_INPUT);
  while (line[start] > ' ') start++;
  if (line[start] != 0) start++;
  for (end = start; line[end] != 0; end++) {}
  const uint32_t arguments[3] = {(uint32_t)(uintptr_t)(line + start), 1, end - start};
  handle = call(0x01, arguments);
  if (handle < 0) stop("error=no-such-file\n", NO_INPUT);
}

/* The SysTick timer counts down in 24 bits, a tick to 40 instructions: the board has 25 MHz, and QEMU
 * takes a nanosecond an instruction. */
static volatile uint32_t *const systick = (volatile uint32_t *)0xE000E010;

static void start_clock(void)
{
  systick[1] = 0xFFFFFF;
  systick[2] = 0;
  systick[0] = 5;
}

static uint32_t instructions(uint32_t start) { return ((start - systick[2]) & 0xFFFFFF) * 40; }

static uint32_t crc32(uint32_t crc, int32_t value)
{
  crc = ~crc ^ (uint32_t)value;
  for (int bit = 0; bit < 32; bit++) crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
  return ~crc;
}

/* What no stack has held yet is this; where its use begins is what calling costs. */
static const uint32_t unused = 0xA5A5A5A5;

static void paint_stack(void)
{
  volatile uint32_t *const here = (volatile uint32_t *)__builtin_frame_address(0) - 16;
  for (volatile uint32_t *word = __stack_bottom; word < here; word++) *word = unused;
}

static uint32_t stack_used(void)
{
  const volatile uint32_t *word = __stack_bottom;
  while (*word == unused) word++;
  return (uint32_t)((uintptr_t)__stack_top - (uintptr_t)word);
}

void resetHandler(void)
{
  static uint8_t picture[784];
  static int32_t logits[CLASSES];
  uint32_t crc = 0, count;
  paint_stack();
  open_pictures();
  if (read_number() != 0x803) stop("error=not an IDX of pictures\n", UNREADABLE);
  count = read_number();
  if (read_number() != 28 || read_number() != 28) stop("error=not 28x28 pictures\n", UNREADABLE);
  for (uint32_t left = count; left > 0; left--) {
    read(picture, sizeof picture);
    start_clock();
    const uint32_t start = systick[2];
    const int answer = classify(picture, logits);
    const uint32_t taken = instructions(start);
    for (int class = 0; class < CLASSES; class++) crc = crc32(crc, logits[class]);
    print("", (uint32_t)answer);
    print(" ", taken);
    call(0x04, "\n");
  }
  print("count=", count);
  print(" digest=", crc);
  print(" stack=", stack_used());
  stop("\n", 0);
}

/* A fault may come because the stack is used up, so it is answered with an empty one. */
__attribute__((used)) static void say_fault(void) { stop("error=fault\n", FAULT); }

__attribute__((naked, section(".text.fault"))) void faultHandler(void)
{
  __asm__("ldr r0, =__stack_top\n\tmov sp, r0\n\tb say_fault");
}

/* Initial stack pointer, reset, NMI, hard fault; other faults become hard ones. */
__attribute__((used, section(".vectors"))) static const void *const vectors[4] = {
  __stack_top, (const void *)resetHandler, (const void *)faultHandler, (const void *)faultHandler,
};
