// A reader that has seen documents of a size asks for no more memory for others of that size.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "document/bulk_reader.h"
#include "table_fixture.h"

// The sanitizers have operators of their own, which count nothing.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

namespace {
std::atomic<std::size_t> allocations{0};
}  // namespace

void* operator new(std::size_t size) {
  ++allocations;
  if (void* const memory = std::malloc(size > 0 ? size : 1)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace greenlane::document {
namespace {

TEST(BulkReader, AsksForMemoryOnlyOnce) {
  const auto table = test::small_table();
  Projection fields(*table);
  fields.add_all(*table->find("items"));
  BulkReader reader(table, fields);
  const std::string texts[] = {
      test::order(R"("number": "7\n", "items": [{"hs": "0307", "net_kg": "12.5", "made_on": "2025-06-29"}, {}])"),
      test::order(R"("attributes": {"b": [1, "\u00e9"], "a": {}}, "x_z": 1, "x_a": [], "items": [{}, {}, {}])"),
      test::order(R"("parties": {"buyer": {"id": "B"}}, "sent_at": "2025-06-29T08:00:00Z", "total": "1")")};
  std::size_t before = 0;
  for (int round = 0; round < 10; ++round) {
    if (round == 2) before = allocations;
    for (const std::string& text : texts) {
      ASSERT_TRUE(reader.read(text).ok());
      ASSERT_TRUE(reader.was_fast());
    }
  }
  EXPECT_EQ(allocations - before, 0u);
}

}  // namespace
}  // namespace greenlane::document

#endif
