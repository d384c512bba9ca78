// A vector of a few elements that asks for no memory.
#pragma once

#include <array>
#include <cstddef>
#include <utility>

namespace greenlane {

/// At most N elements, one behind the other. REQUIRES of whoever adds: size() < N.
template <typename T, std::size_t N>
class Few {
 public:
  void push_back(T value) { elements_[size_++] = std::move(value); }
  void emplace_back() { elements_[size_++] = T(); }
  void pop_back() { --size_; }
  T& back() noexcept { return elements_[size_ - 1]; }
  const T& back() const noexcept { return elements_[size_ - 1]; }
  T& front() noexcept { return elements_[0]; }
  const T& front() const noexcept { return elements_[0]; }
  T& operator[](std::size_t i) noexcept { return elements_[i]; }
  const T& operator[](std::size_t i) const noexcept { return elements_[i]; }
  std::size_t size() const noexcept { return size_; }
  T* data() noexcept { return elements_.data(); }
  const T* data() const noexcept { return elements_.data(); }
  T* begin() noexcept { return data(); }
  T* end() noexcept { return data() + size_; }
  const T* begin() const noexcept { return data(); }
  const T* end() const noexcept { return data() + size_; }

 private:
  std::array<T, N> elements_{};
  std::size_t size_ = 0;
};

}  // namespace greenlane
