// Memory of the readers does not grow with the length of their input.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>

#include "document/edifact_source.h"
#include "document/json_source.h"
#include "document/mapping.h"
#include "stream_fixture.h"
#include "table_fixture.h"

namespace greenlane::document {
namespace {

constexpr std::size_t stream_bytes = 50'000'000;
constexpr std::size_t allowed_growth_kb = 20'000;

// Sanitizers keep freed memory on purpose.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool memory_is_measurable = false;
#else
constexpr bool memory_is_measurable = true;
#endif

/// The greatest resident size of this process so far, in kB.
std::size_t peak_kb() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::strtoull(line.c_str() + 6, nullptr, 10);
  }
  return 0;
}

/// Reads every `every`th record; the rest is split only, which keeps the test short.
std::size_t drain(const RecordStream& stream, std::size_t every) {
  std::size_t count = 0;
  while (auto record = stream.source->next().value()) {
    if (++count % every == 0) (void)stream.reader->read(*record).ok();
  }
  return count;
}

TEST(StreamMemory, StaysConstantForTables) {
  const auto mapping =
      Mapping::from_json(
          test::parsed(R"({"format": "greenlane.mapping/1", "id": "a", "title": {"en": "A", "zh": "甲"},
      "to": "test.order/1", "csv": {}, "group_by": ["No"], "fields": [{"from": "No", "to": "number"},
      {"from": "Code", "to": "items[].hs"}, {"from": "Mass", "to": "items[].net_kg"}]})"),
          test::small_table())
          .value();
  if (!memory_is_measurable) GTEST_SKIP();
  std::size_t row = 0;
  const auto next = [&row] {
    if (row++ == 0) return std::string("No,Code,Mass\n");
    if (row % 100'000 == 0) return std::string(std::size_t{3} << 20, 'x') + "\n";
    return std::to_string(row / 3) + ",0307220000,\"12.5\"\n";
  };
  const auto stream = open_csv(std::make_unique<test::Generated>(stream_bytes, next), mapping).value();
  const std::size_t before = peak_kb();
  EXPECT_GT(drain(stream, 10), 100'000u);
  EXPECT_LT(peak_kb() - before, allowed_growth_kb);
}

TEST(StreamMemory, StaysConstantForLines) {
  if (!memory_is_measurable) GTEST_SKIP();
  std::size_t line = 0;
  const auto next = [&line] {
    if (++line % 100'000 < 100) return std::string(100'000, 'x') + (line % 100'000 == 99 ? "\n" : "");
    return test::order("\"number\": \"7\", \"items\": [{\"hs\": \"0307\"}]") + "\n";
  };
  constexpr std::size_t limit = std::size_t{2} << 20;
  const auto stream =
      open_ndjson(std::make_unique<test::Generated>(stream_bytes, next), test::small_table(), limit);
  const std::size_t before = peak_kb();
  EXPECT_GT(drain(stream, 10), 100'000u);
  EXPECT_LT(peak_kb() - before, allowed_growth_kb);
}

TEST(StreamMemory, StaysConstantForMessages) {
  if (!memory_is_measurable) GTEST_SKIP();
  std::size_t message = 0;
  const auto next = [&message] {
    if (message++ == 0) return std::string("UNB+UNOC:3+A+B+1:2+R1'");
    if (message % 10'000 == 0) return "UNH+1+CUSDEC:D:99B'" + std::string(std::size_t{3} << 20, 'x') + "'UNT+3+1'";
    return std::string("UNH+1+CUSDEC:D:99B:UN'CST+1+I::95'LOC+27+US::5'MEA+WT++KG:10'RFF+HS:03026200'UNT+6+1'\n");
  };
  EdifactSource source(std::make_unique<test::Generated>(stream_bytes, next), {});
  const std::size_t before = peak_kb();
  std::size_t count = 0;
  while (source.next().value()) ++count;
  EXPECT_GT(count, 100'000u);
  EXPECT_LT(peak_kb() - before, allowed_growth_kb);
}

}  // namespace
}  // namespace greenlane::document
