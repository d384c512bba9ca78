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
inline constexpr std::size_t pipeline_chunk = 64;
inline constexpr std::size_t pipeline_chunk_bytes = std::size_t{1} << 20;
inline constexpr std::size_t pipeline_chunks_per_worker = 8;

/// What an input weighs, unless its own namespace knows better.
template <typename In>
std::size_t bytes_of(const In&) noexcept {
  return sizeof(In);
}

/// What the pipeline gives a chunk of inputs, and takes back. Both are used again.
template <typename In, typename Out>
struct PipelineChunk {
  std::vector<In> inputs;
  Out output;
  bool done = false;
};

/// Takes inputs from `next` (Result<std::optional<In>>), computes `work(std::vector<In>& inputs, Out& output)` on `jobs`
/// threads, each with a worker of its own from `make_worker()`, and gives the outputs to `emit(Out&) -> Result<void>` in the
/// order of the inputs. An output comes as the chunk before it left it. `next` and `emit` run on the caller's thread; with
/// one job so does everything, no thread is started, and where it has to be `at_once`, a chunk is one input. Memory is bounded by the chunks under way; a
/// chunk ends early where `bytes_of(input)` add up to pipeline_chunk_bytes. An error of `next` is returned after what came
/// before it was emitted; an error of `emit` at once.
template <typename In, typename Out, typename Next, typename MakeWorker, typename Emit>
class OrderedPipeline {
 public:
  OrderedPipeline(Next next, MakeWorker make_worker, Emit emit)
      : next_(std::move(next)), make_worker_(std::move(make_worker)), emit_(std::move(emit)) {}

  Result<void> run(unsigned jobs, bool at_once) {
    if (jobs <= 1) return run_alone(at_once ? 1 : pipeline_chunk);
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
  using Chunk = PipelineChunk<In, Out>;

  Result<void> run_alone(std::size_t most) {
    auto work = make_worker_();
    Chunk chunk;
    std::optional<Error> failed;
    for (bool more = true; more;) {
      chunk.inputs.clear();
      more = fill(chunk, most, failed);
      if (chunk.inputs.empty()) break;
      work(chunk.inputs, chunk.output);
      if (auto emitted = emit_(chunk.output); !emitted.ok()) return emitted;
    }
    if (failed) return *std::move(failed);
    return {};
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

  std::unique_ptr<Chunk> empty_chunk() {
    if (idle_.empty()) return std::make_unique<Chunk>();
    std::unique_ptr<Chunk> chunk = std::move(idle_.back());
    idle_.pop_back();
    chunk->inputs.clear();
    chunk->done = false;
    return chunk;
  }

  /// False at the end of the stream.
  bool fill(Chunk& chunk, std::size_t most, std::optional<Error>& failed) {
    std::size_t bytes = 0;
    while (chunk.inputs.size() < most && bytes < pipeline_chunk_bytes) {
      auto input = next_();
      if (!input.ok()) failed = std::move(input.error());
      if (!input.ok() || !input->has_value()) return false;
      bytes += bytes_of(**input);
      chunk.inputs.push_back(*std::move(*input));
    }
    return true;
  }

  bool read_chunk(std::optional<Error>& failed) {
    std::unique_ptr<Chunk> chunk = empty_chunk();
    const bool more = fill(*chunk, pipeline_chunk, failed);
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
    Result<void> emitted = emit_(chunk->output);
    idle_.push_back(std::move(chunk));
    return emitted;
  }

  void serve() {
    auto work = make_worker_();
    for (;;) {
      Chunk* chunk = nullptr;
      {
        std::unique_lock lock(mutex_);
        work_there_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
        if (stopping_) return;
        chunk = waiting_.front();
        waiting_.pop_front();
      }
      work(chunk->inputs, chunk->output);
      {
        const std::lock_guard lock(mutex_);
        chunk->done = true;
      }
      chunk_done_.notify_one();
    }
  }

  Next next_;
  MakeWorker make_worker_;
  Emit emit_;
  std::mutex mutex_;
  std::condition_variable work_there_;
  std::condition_variable chunk_done_;
  std::deque<std::unique_ptr<Chunk>> under_way_;  ///< oldest first; changed by the caller's thread only
  std::vector<std::unique_ptr<Chunk>> idle_;      ///< of the caller's thread
  std::deque<Chunk*> waiting_;
  bool stopping_ = false;
};

template <typename In, typename Out, typename Next, typename MakeWorker, typename Emit>
Result<void> run_in_order(unsigned jobs, bool at_once, Next next, MakeWorker make_worker, Emit emit) {
  return OrderedPipeline<In, Out, Next, MakeWorker, Emit>(std::move(next), std::move(make_worker), std::move(emit)).run(jobs, at_once);
}

}  // namespace greenlane::screening
