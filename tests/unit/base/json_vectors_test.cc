// The public vectors: JSONTestSuite for the front door, RFC 8785's own for the canonical form.
#include <gtest/gtest.h>

#include <cstdint>

#include "base/json.h"
#include "base/text.h"
#include "base/base64.h"
#include "tests/support/test_data.h"

namespace greenlane::json {
namespace {

TEST(JsonTestSuite, IsReadAsItMustBe) {
  const auto file = test::test_data() / "vectors/json-test-suite/cases.ndjson";
  GREENLANE_NEED_TEST_DATA(file);
  Limits limits;
  limits.number_chars = 512;
  const std::string lines = test::read_file(file);
  int accepted = 0, refused = 0;
  for (const std::string_view line : text::split(text::trim(lines), '\n')) {
    auto test_case = parse(line);
    ASSERT_TRUE(test_case.ok()) << test_case.error().to_text();
    const std::string name(test_case->text("name"));
    const std::string_view expected = test_case->text("expect");
    const auto result = parse(decode_base64(test_case->text("base64")).value(), limits);
    EXPECT_TRUE(result.ok() || result.error().column >= 1) << name;
    if (name.find("duplicated_key") != name.npos) {
      EXPECT_FALSE(result.ok()) << name;
    } else if (expected == "accept") {
      EXPECT_TRUE(result.ok()) << name << ": " << (result.ok() ? "" : result.error().to_text());
      ++accepted;
    } else if (expected == "reject") {
      EXPECT_FALSE(result.ok()) << name;
      ++refused;
    }
  }
  EXPECT_GT(accepted, 90);
  EXPECT_GT(refused, 180);
}

TEST(Jcs, GivesTheBytesOfTheReference) {
  const auto folder = test::test_data() / "vectors/jcs";
  GREENLANE_NEED_TEST_DATA(folder);
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "input")) {
    const auto value = parse(test::read_file(entry.path()));
    ASSERT_TRUE(value.ok()) << entry.path() << ": " << value.error().to_text();
    const std::string expected = test::read_file(folder / "output" / entry.path().filename());
    EXPECT_EQ(canonical(*value), text::trim(expected)) << entry.path();
    ++count;
  }
  EXPECT_GE(count, 6);
}

}  // namespace
}  // namespace greenlane::json
