// Decimal against Python's decimal and fractions modules, where python3 is there.
#include <gtest/gtest.h>

#include <cstdio>
#include <string>
#include <vector>

#include "base/text.h"
#include "greenlane/decimal.h"

namespace greenlane {
namespace {

// Prints "operator a b result" for random numbers, the result worked out with exact fractions: what
// 34 digits and 34 places can hold, "-" otherwise. Quotients are rounded to the nearest such number.
constexpr const char* kScript = R"PY(
import random
from decimal import Decimal, getcontext
from fractions import Fraction
getcontext().prec = 120
random.seed(20250629)

def number():
    digits = random.choice([1, 3, 9, 17, 18, 19, 20, 33, 34])
    scale = random.choice([0, 0, 1, 2, 6, digits, 20, 33, 34])
    value = random.choice([random.randrange(10 ** digits), 10 ** digits - 1, 10 ** (digits - 1), 0, 1, 5])
    return Decimal(value).scaleb(-scale) * random.choice([1, -1])

def holds(value):
    for scale in range(35):
        scaled = value * 10 ** scale
        if scaled.denominator == 1:
            return abs(scaled) < 10 ** 34
    return False

def exact(value):
    return str(round(value * 10 ** 34)) if holds(value) else "-"

def quotient(a, b):
    if b == 0:
        return "-"
    value = a / b
    if holds(value):
        return exact(value)
    scale = 34
    while abs(round(value * 10 ** scale)) >= 10 ** 34:
        scale -= 1
    if scale < 0:
        return "-"
    return exact(Fraction(round(value * 10 ** scale), 10 ** scale))

for _ in range(2000):
    a, b = number(), number()
    x, y = Fraction(a), Fraction(b)
    results = [exact(x + y), exact(x - y), exact(x * y), quotient(x, y), str((x > y) - (x < y))]
    print(format(a, "f"), format(b, "f"), *results)
)PY";

std::string run_python() {
  FILE* pipe = popen((std::string("python3 -c '") + kScript + "' 2>/dev/null").c_str(), "r");
  if (pipe == nullptr) return {};
  std::string out;
  char block[4096];
  while (const std::size_t count = std::fread(block, 1, sizeof block, pipe)) out.append(block, count);
  pclose(pipe);
  return out;
}

/// The value in units of 10^-34 as an integer without leading zeros, "-" where there is none.
std::string in_units(const std::optional<Decimal>& value) {
  if (!value) return "-";
  std::string text = value->to_string() + std::string(static_cast<std::size_t>(34 - value->scale()), '0');
  std::erase(text, '.');
  std::erase(text, '-');
  text.erase(0, std::min(text.find_first_not_of('0'), text.size() - 1));
  return value->is_negative() ? "-" + text : text;
}

TEST(DecimalAgainstPython, AgreesOnRandomNumbers) {
  const std::string lines = run_python();
  if (lines.empty()) GTEST_SKIP() << "python3 is not there";
  std::size_t count = 0;
  for (const std::string_view line : text::split(text::trim(lines), '\n')) {
    const auto words = text::split(line, ' ');
    ASSERT_EQ(words.size(), 7u) << line;
    const auto a = Decimal::parse(words[0]), b = Decimal::parse(words[1]);
    ASSERT_TRUE(a && b) << line;
    EXPECT_EQ(in_units(Decimal::add(*a, *b)), words[2]) << line;
    EXPECT_EQ(in_units(Decimal::subtract(*a, *b)), words[3]) << line;
    EXPECT_EQ(in_units(Decimal::multiply(*a, *b)), words[4]) << line;
    EXPECT_EQ(in_units(Decimal::divide(*a, *b)), words[5]) << line;
    const auto order = *a <=> *b;
    EXPECT_EQ(order < 0 ? "-1" : order > 0 ? "1" : "0", words[6]) << line;
    EXPECT_EQ(a->hash() == b->hash(), order == 0) << line;
    ++count;
  }
  EXPECT_EQ(count, 2000u);
}

}  // namespace
}  // namespace greenlane
