// Work on a stream by several threads whose results come out in the order of the stream.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "greenlane/result.h"

namespace greenlane::screening {

/// Inputs handed to a worker at once; so many chunks a worker may be waiting or done.
inline constexpr std::size_t pipeline_chunk = 32;
inline constexpr std::size_t pipeline_chunk_bytes = std::size_t{1} << 20;
inline constexpr std::size_t pipeline_chunks_per_worker = 4;

/// What an input weighs, unless its own namespace knows better.
template <typename In>
std::size_t bytes_of(const In&) noexcept {
  return sizeof(In);
}

/// Takes inputs from `next` (Result<std::optional<In>>), computes `work(In&&) -> Out` on `jobs` threads, and gives
/// the outputs to `emit(Out&&) -> Result<void>` in the order of the inputs. `next` and `emit` run on the caller's
/// thread; with one job so does everything, and no thread is started. Memory is bounded by the chunks
/// under way; a chunk ends early where `bytes_of(input)` add up to pipeline_chunk_bytes. An error of `next` is returned after what came before it was emitted; an error of `emit` at once.
template <typename In, typename Out, typename Next, typename Work, typename Emit>
class OrderedPipeline {
 public:
  OrderedPipeline(Next next, Work work, Emit emit) : next_(std::move(next)), work_(std::move(work)), emit_(std::move(emit)) {}

  Result<void> run(unsigned jobs) {
    if (jobs <= 1) return run_alone();
    std::vector<std::thread> workers;
    for (unsigned i = 0; i < jobs; ++i) workers.emplace_back([this] { serve(); });
    Result<void> outcome = feed(jobs * pipeline_chunks_per_worker);
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    work_there_.notify_all();
    for (std::thread& worker : workers) worker.join();
    return outcome;
  }

 private:
  struct Chunk {
    std::vector<In> inputs;
    std::vector<Out> outputs;
    bool done = false;
  };

  Result<void> run_alone() {
    for (;;) {
      auto input = next_();
      if (!input.ok()) return input.error();
      if (!input->has_value()) return {};
      if (auto emitted = emit_(work_(*std::move(*input))); !emitted.ok()) return emitted;
    }
  }

  Result<void> feed(std::size_t window) {
    std::optional<Error> failed;
    bool end = false;
    while (!end || !under_way_.empty()) {
      if (!end && under_way_.size() < window) {
        end = !read_chunk(failed);
        continue;
      }
      if (auto emitted = emit_oldest(); !emitted.ok()) return emitted;
    }
    if (failed) return *std::move(failed);
    return {};
  }

  /// False at the end of the stream.
  bool read_chunk(std::optional<Error>& failed) {
    auto chunk = std::make_unique<Chunk>();
    bool more = true;
    std::size_t bytes = 0;
    while (more && chunk->inputs.size() < pipeline_chunk && bytes < pipeline_chunk_bytes) {
      auto input = next_();
      if (!input.ok()) failed = std::move(input.error());
      more = input.ok() && input->has_value();
      if (!more) break;
      bytes += bytes_of(**input);
      chunk->inputs.push_back(*std::move(*input));
    }
    if (!chunk->inputs.empty()) {
      const std::lock_guard lock(mutex_);
      waiting_.push_back(chunk.get());
      under_way_.push_back(std::move(chunk));
      work_there_.notify_one();
    }
    return more;
  }

  Result<void> emit_oldest() {
    std::unique_ptr<Chunk> chunk;
    {
      std::unique_lock lock(mutex_);
      chunk_done_.wait(lock, [this] { return under_way_.front()->done; });
      chunk = std::move(under_way_.front());
      under_way_.pop_front();
    }
    for (Out& output : chunk->outputs) {
      if (auto emitted = emit_(std::move(output)); !emitted.ok()) return emitted;
    }
    return {};
  }

  void serve() {
    for (;;) {
      Chunk* chunk = nullptr;
      {
        std::unique_lock lock(mutex_);
        work_there_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
        if (stopping_) return;
        chunk = waiting_.front();
        waiting_.pop_front();
      }
      for (In& input : chunk->inputs) chunk->outputs.push_back(work_(std::move(input)));
      {
        const std::lock_guard lock(mutex_);
        chunk->done = true;
      }
      chunk_done_.notify_one();
    }
  }

  Next next_;
  Work work_;
  Emit emit_;
  std::mutex mutex_;
  std::condition_variable work_there_;
  std::condition_variable chunk_done_;
  std::deque<std::unique_ptr<Chunk>> under_way_;  ///< oldest first; changed by the caller's thread only
  std::deque<Chunk*> waiting_;
  bool stopping_ = false;
};

template <typename In, typename Out, typename Next, typename Work, typename Emit>
Result<void> run_in_order(unsigned jobs, Next next, Work work, Emit emit) {
  return OrderedPipeline<In, Out, Next, Work, Emit>(std::move(next), std::move(work), std::move(emit)).run(jobs);
}

}  // namespace greenlane::screening
