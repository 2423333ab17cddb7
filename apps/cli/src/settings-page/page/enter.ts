// What runs once, after the code: the second secret is kept by this tab only, and the page is opened.

const token = document.querySelector<HTMLMetaElement>('meta[name=token]')?.content ?? '';
sessionStorage.setItem('token', token);
location.replace('/');
