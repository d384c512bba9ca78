// Memory that is handed out piece by piece and taken back all at once.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <span>
#include <type_traits>
#include <vector>

namespace greenlane::document {

/// Keeps its blocks when it is cleared, so that a reader of many documents stops asking for memory. One thread.
class Arena {
 public:
  /// `count` values made by T(), one behind the other; they stay where they are until clear().
  template <typename T>
  std::span<T> make(std::size_t count) {
    static_assert(std::is_trivially_destructible_v<T> && alignof(T) <= alignof(std::max_align_t));
    const std::size_t bytes = (count * sizeof(T) + alignment - 1) / alignment * alignment;
    if (bytes > size_ - used_) next_block(bytes);
    T* const first = new (block_ + used_) T[count]();
    used_ += bytes;
    return {first, count};
  }

  /// Ends the life of everything made.
  void clear() noexcept {
    at_ = 0;
    use_block();
  }

 private:
  static constexpr std::size_t alignment = alignof(std::max_align_t);
  static constexpr std::size_t first_bytes = std::size_t{4} << 10;
  struct Block {
    std::unique_ptr<std::byte[]> bytes;
    std::size_t size = 0;
  };

  /// Goes on in the first block from here that has room for `bytes`.
  void next_block(std::size_t bytes) {
    do {
      if (!blocks_.empty() && block_ != nullptr) ++at_;
      if (at_ >= blocks_.size()) {
        // Each twice as large as the one before, up to 64 KiB: a document of its own should not hold much.
        const std::size_t usual = first_bytes << (at_ < 4 ? at_ : 4);
        const std::size_t size = bytes > usual ? bytes : usual;
        blocks_.push_back({std::unique_ptr<std::byte[]>(new std::byte[size]), size});
      }
      use_block();
    } while (bytes > size_);
  }

  void use_block() noexcept {
    used_ = 0;
    block_ = at_ < blocks_.size() ? blocks_[at_].bytes.get() : nullptr;
    size_ = at_ < blocks_.size() ? blocks_[at_].size : 0;
  }

  std::vector<Block> blocks_;
  std::size_t at_ = 0;  ///< block in use
  std::byte* block_ = nullptr;
  std::size_t size_ = 0;
  std::size_t used_ = 0;
};

}  // namespace greenlane::document
