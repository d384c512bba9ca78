// Work on a stream by several threads: order, errors, bounds.
#include "screening/ordered_pipeline.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <set>
#include <string>

namespace greenlane::screening {
namespace {

struct Outcome {
  std::vector<int> emitted;
  Result<void> result;
};

/// Sends 0 … count-1 through `jobs` threads; fails to read at `read_error` and to write at `emit_error`.
Outcome run(unsigned jobs, int count, int read_error = -1, int emit_error = -1) {
  Outcome out;
  int at = 0;
  const auto next = [&]() -> Result<std::optional<int>> {
    if (at == read_error) return Error{.code = ErrorCode::io, .message = "read"};
    return at < count ? std::optional<int>(at++) : std::nullopt;
  };
  const auto make_worker = [] {
    return [](const std::vector<int>& inputs, std::vector<int>& outputs) {
      outputs.clear();
      for (const int input : inputs) {
        if (input % 7 == 0) std::this_thread::sleep_for(std::chrono::microseconds(200));
        outputs.push_back(input * 2);
      }
    };
  };
  const auto emit = [&](const std::vector<int>& outputs) -> Result<void> {
    for (const int output : outputs) {
      if (output == 2 * emit_error) return Error{.code = ErrorCode::io, .message = "write"};
      out.emitted.push_back(output / 2);
    }
    return {};
  };
  out.result = run_in_order<int, std::vector<int>>(jobs, count % 2 == 0, next, make_worker, emit);
  return out;
}

std::vector<int> first(int count) {
  std::vector<int> all;
  for (int i = 0; i < count; ++i) all.push_back(i);
  return all;
}

TEST(OrderedPipeline, KeepsTheOrderForAnyNumberOfThreads) {
  for (const unsigned jobs : {1u, 2u, 3u, 8u}) {
    for (const int count : {0, 1, 31, 32, 33, 1000}) {
      const Outcome out = run(jobs, count);
      EXPECT_TRUE(out.result.ok());
      EXPECT_EQ(out.emitted, first(count)) << jobs << " threads, " << count;
    }
  }
}

TEST(OrderedPipeline, GivesOutWhatCameBeforeAReadError) {
  for (const unsigned jobs : {1u, 4u}) {
    for (const int error : {0, 1, 32, 700}) {
      const Outcome out = run(jobs, 1000, error);
      ASSERT_FALSE(out.result.ok());
      EXPECT_EQ(out.result.error().message, "read");
      EXPECT_EQ(out.emitted, first(error)) << jobs << " threads, error at " << error;
    }
  }
}

TEST(OrderedPipeline, StopsAtAWriteError) {
  for (const unsigned jobs : {1u, 4u}) {
    const Outcome out = run(jobs, 100'000, -1, 50);
    ASSERT_FALSE(out.result.ok());
    EXPECT_EQ(out.result.error().message, "write");
    EXPECT_EQ(out.emitted, first(50));
  }
}

TEST(OrderedPipeline, ReadsOnlySoFarAhead) {
  int read = 0;
  int emitted = 0;
  int furthest = 0;
  const auto next = [&]() -> Result<std::optional<int>> {
    return read < 5000 ? std::optional<int>(read++) : std::nullopt;
  };
  const auto make_worker = [] {
    return [](const std::vector<int>& inputs, std::size_t& output) { output = inputs.size(); };
  };
  const auto emit = [&](const std::size_t& output) -> Result<void> {
    furthest = std::max(furthest, read - emitted);
    emitted += static_cast<int>(output);
    return {};
  };
  ASSERT_TRUE((run_in_order<int, std::size_t>(2, false, next, make_worker, emit)).ok());
  EXPECT_EQ(emitted, 5000);
  EXPECT_LE(furthest, static_cast<int>(2 * pipeline_chunks_per_worker * pipeline_chunk));
}

TEST(OrderedPipeline, WithOneJobStartsNoThread) {
  std::set<std::thread::id> workers;
  int at = 0;
  const auto next = [&]() -> Result<std::optional<int>> {
    return at < 10 ? std::optional<int>(at++) : std::nullopt;
  };
  const auto make_worker = [&] {
    return [&](const std::vector<int>&, int&) { workers.insert(std::this_thread::get_id()); };
  };
  ASSERT_TRUE((run_in_order<int, int>(1, true, next, make_worker, [](const int&) -> Result<void> { return {}; })).ok());
  EXPECT_EQ(workers, std::set<std::thread::id>{std::this_thread::get_id()});
}

}  // namespace
}  // namespace greenlane::screening
