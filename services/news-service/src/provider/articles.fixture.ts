/** An article in the provider's form, as the free plan has it. */
export const article = (id: string, patch: Readonly<Record<string, unknown>> = {}) => ({
  article_id: id,
  title: `Markets move on ${id}`,
  link: `https://paper.example/${id}`,
  keywords: null,
  creator: ['Ann Lee', 'Bo Day (bo.day@paper.example)'],
  video_url: null,
  description: `What is known about ${id}.`,
  content: 'ONLY AVAILABLE IN PAID PLANS',
  pubDate: '2026-03-01 11:00:00',
  pubDateTZ: 'UTC',
  image_url: 'https://paper.example/image.jpg',
  source_id: 'paper',
  source_priority: 100,
  source_name: 'The Paper',
  source_url: 'https://paper.example',
  source_icon: 'https://paper.example/icon.png',
  language: 'english',
  country: ['united states of america'],
  category: ['business'],
  ai_tag: 'ONLY AVAILABLE IN PROFESSIONAL AND CORPORATE PLANS',
  sentiment: 'ONLY AVAILABLE IN PROFESSIONAL AND CORPORATE PLANS',
  duplicate: false,
  ...patch,
})

/** A page of articles. */
export const pageOf = (articles: readonly unknown[]) => ({
  status: 'success',
  totalResults: articles.length,
  results: articles,
  nextPage: '1772362800000000000',
})

/** An error in the provider's form. */
export const errorOf = (code: string, message = 'words') => ({
  status: 'error',
  results: { message, code },
})
