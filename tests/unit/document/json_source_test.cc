#include "document/json_source.h"

#include <gtest/gtest.h>

#include "stream_fixture.h"
#include "table_fixture.h"

namespace greenlane::document {
namespace {

using test::memory;
using test::order;
using test::outcomes;
using test::small_table;

TEST(JsonSource, ReadsTheWholeInputAsOneDocument) {
  const auto stream =
      open_json(memory("{\n\"format\": \"test.order/1\",\n\"number\": \"7\"}\n"), small_table());
  EXPECT_EQ(outcomes(stream), std::vector<std::string>{R"({"format":"test.order/1","number":"7"})"});
}

TEST(JsonSource, GivesAnErrorForNothingAndForTooMuch) {
  EXPECT_EQ(outcomes(open_json(memory(""), small_table())).size(), 1u);
  const auto lines = outcomes(open_json(memory(std::string(200'000, ' ')), small_table(), 100'000));
  EXPECT_EQ(lines, std::vector<std::string>{"the document is larger than 100000 bytes"});
}

TEST(NdjsonSource, ReadsALineADocument) {
  const std::string text =
      order("\"number\": \"1\"") + "\r\n\n  \n" + order("\"number\": 2") + "\n{\n" + order("");
  for (std::size_t step : {1u, 7u, 1000u}) {
    const auto stream = open_ndjson(std::make_unique<test::Dribble>(text, step), small_table());
    const auto lines = outcomes(stream);
    ASSERT_EQ(lines.size(), 4u);
    EXPECT_EQ(lines[0], R"({"format":"test.order/1","number":"1"})");
    EXPECT_EQ(lines[1], "4: /number: expected a string or null, found number 2");
    EXPECT_EQ(lines[2].substr(0, 2), "5:");
    EXPECT_EQ(lines[3], R"({"format":"test.order/1"})");
  }
}

TEST(NdjsonSource, LosesOneLineToItsLength) {
  const std::string text = std::string(300'000, '[') + "\n" + order("") + "\n";
  const auto stream = open_ndjson(memory(text), small_table(), 100'000);
  const auto lines = outcomes(stream);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0], "1: the line is larger than 100000 bytes");
  EXPECT_EQ(lines[1], R"({"format":"test.order/1"})");
}

TEST(ByteSource, SaysWhyAFileCannotBeRead) {
  const auto missing = FileBytes::open("/nonexistent/file.json");
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().code, ErrorCode::not_found);
  EXPECT_EQ(missing.error().source, "/nonexistent/file.json");
  auto folder = FileBytes::open("/");
  ASSERT_TRUE(folder.ok());
  char byte = 0;
  EXPECT_EQ((*folder)->read(&byte, 1).error().code, ErrorCode::io);
}

}  // namespace
}  // namespace greenlane::document
